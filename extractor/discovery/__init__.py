"""What a run counted but could not name: its words, brought together across articles and languages, for a person to make lexicon entries of."""

from extractor.discovery.clustering import Cluster, Grams, find_clusters
from extractor.discovery.labels import Label, labels_of
from extractor.discovery.nearest import Nearest, nearest_by_words
from extractor.discovery.report import DiscoverError, discover, to_toml

__all__ = ["Cluster", "DiscoverError", "Grams", "Label", "Nearest", "discover", "find_clusters", "labels_of", "nearest_by_words", "to_toml"]
