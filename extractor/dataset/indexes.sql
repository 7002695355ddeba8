-- Made once the articles and facts of a new dataset stand, which takes less time than keeping them in order row by row.

CREATE INDEX IF NOT EXISTS articles_cluster ON articles (cluster);
CREATE INDEX IF NOT EXISTS articles_published ON articles (published);
CREATE INDEX IF NOT EXISTS articles_language ON articles (language);
CREATE INDEX IF NOT EXISTS articles_publisher ON articles (publisher);
CREATE INDEX IF NOT EXISTS facts_article ON facts (article_id, start);
CREATE INDEX IF NOT EXISTS facts_series ON facts (series, period);
CREATE INDEX IF NOT EXISTS facts_observation ON facts (observation_id);
CREATE INDEX IF NOT EXISTS facts_document ON facts (document_id, issuer, date, article_id, start, id) WHERE document_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS observations_series ON observations (series, period, kind);
CREATE INDEX IF NOT EXISTS pairs_metric ON pairs (metric);
CREATE INDEX IF NOT EXISTS checks_article ON checks (article_id);
CREATE INDEX IF NOT EXISTS checks_series ON checks (series, period);
CREATE INDEX IF NOT EXISTS checks_kind ON checks (kind, holds, id);
CREATE INDEX IF NOT EXISTS documents_key ON documents (key);
CREATE INDEX IF NOT EXISTS observations_indicator ON observations (indicator, place, period);
-- Of places as a whole, in the order in which an indicator's page takes them.
CREATE INDEX IF NOT EXISTS observations_whole ON observations (indicator, unit, per_count, per_of, measure, disease, sources DESC, confidence DESC, id)
WHERE facility IS NULL AND sector IS NULL AND care IS NULL AND payer IS NULL AND age IS NULL AND sex IS NULL AND residence IS NULL;
CREATE INDEX IF NOT EXISTS facts_indicator ON facts (indicator, id);
