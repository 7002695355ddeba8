-- The dataset's tables. Everything but `articles`, `sources` and `facts` is worked out from these three; `places` is knowledge.

CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE articles (           -- a text, once, with what was known of it
  id TEXT PRIMARY KEY,            -- first 16 hexadecimal digits of the SHA-256 of the text
  source TEXT NOT NULL,           -- where it was read: path, or path#record, the first by name of `sources`
  language TEXT NOT NULL,         -- BCP-47
  language_confidence REAL NOT NULL,
  title TEXT,
  url TEXT,
  publisher TEXT,
  published TEXT,                 -- EDTF
  text TEXT NOT NULL,
  cluster TEXT NOT NULL           -- id of the first published of the articles that say the same, in whatever language
);

CREATE TABLE sources (            -- every place where a text was found
  article_id TEXT NOT NULL REFERENCES articles (id),
  source TEXT NOT NULL,
  url TEXT,
  published TEXT,
  PRIMARY KEY (article_id, source)
) WITHOUT ROWID;

CREATE TABLE facts (              -- what an article states, with the words that prove it
  id TEXT PRIMARY KEY,
  article_id TEXT NOT NULL REFERENCES articles (id),
  kind TEXT NOT NULL,             -- metric, target, date or resolution
  start INTEGER NOT NULL,         -- code points into articles.text, end exclusive
  "end" INTEGER NOT NULL,
  exact TEXT NOT NULL,
  sentence TEXT NOT NULL,
  confidence REAL NOT NULL,
  indicator TEXT, label TEXT, value REAL, value_max REAL, out_of REAL, unit TEXT, per_count REAL, per_of TEXT,
  comparator TEXT, measure TEXT, baseline TEXT,
  sector TEXT, care TEXT, payer TEXT, age TEXT, sex TEXT, residence TEXT, disease TEXT,
  place TEXT,                     -- ISO 3166
  area TEXT,                      -- what the place was when the article was written: places.id
  facility TEXT, period TEXT,
  reported_by_name TEXT, reported_by_role TEXT,  -- who says so, in the article's words
  date_value TEXT, role TEXT,
  number TEXT, type TEXT, issuer TEXT, jurisdiction TEXT, date TEXT,
  series TEXT,                    -- indicator/unit/per/measure/dimensions/area/facility of a metric or target
  observation_id TEXT REFERENCES observations (id),
  document_id TEXT REFERENCES documents (id)
);

CREATE TABLE clusters (           -- articles that are translations or reprints of one, with the reason
  article_id TEXT PRIMARY KEY REFERENCES articles (id),
  cluster TEXT NOT NULL,
  like_article TEXT NOT NULL REFERENCES articles (id),
  alike TEXT NOT NULL,            -- in what: figures, wording or address
  reason TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE observations (       -- one value of one series in one period, however many articles report it
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  series TEXT NOT NULL,
  indicator TEXT NOT NULL,
  value REAL NOT NULL, value_max REAL, out_of REAL, comparator TEXT NOT NULL,
  unit TEXT NOT NULL, per_count REAL, per_of TEXT, measure TEXT NOT NULL,
  sector TEXT, care TEXT, payer TEXT, age TEXT, sex TEXT, residence TEXT, disease TEXT,
  place TEXT NOT NULL,            -- ISO 3166
  area TEXT NOT NULL,             -- what the place was when the articles were written: places.id
  facility TEXT, period TEXT NOT NULL,
  mentions INTEGER NOT NULL, articles INTEGER NOT NULL,
  sources INTEGER NOT NULL,       -- independent ones: a cluster of articles counts once
  first_published TEXT, last_published TEXT,
  confidence REAL NOT NULL,       -- that at least one independent source was read rightly
  rivals INTEGER NOT NULL         -- other values of the same series and period
);

CREATE TABLE documents (          -- each resolution, decision, law once
  id TEXT PRIMARY KEY,
  number TEXT, type TEXT NOT NULL, issuer TEXT, jurisdiction TEXT, year TEXT, date TEXT,
  complete INTEGER NOT NULL,      -- whether number, jurisdiction and year are all known
  names TEXT NOT NULL,            -- JSON: language -> names it goes by
  mentions INTEGER NOT NULL, articles INTEGER NOT NULL, sources INTEGER NOT NULL,
  key TEXT NOT NULL               -- JSON: type, jurisdiction, number in one spelling; what documents of several years have in common
);

CREATE TABLE pairs (              -- a target and the metric that answers it
  target TEXT NOT NULL REFERENCES observations (id),
  metric TEXT NOT NULL REFERENCES observations (id),
  difference REAL NOT NULL,       -- metric less target
  reached INTEGER,                -- 1, 0, or null where the text does not say which way is better
  interim INTEGER NOT NULL,       -- 1 where the metric is of a part of the year that the target is due in
  PRIMARY KEY (target, metric)
) WITHOUT ROWID;

CREATE TABLE checks (             -- what does not add up, with the facts that show it
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,             -- share, sum, range, contradiction or translation
  holds INTEGER NOT NULL,         -- 1 where an arithmetic statement is right
  detail TEXT NOT NULL,
  facts TEXT NOT NULL,            -- JSON: ids
  article_id TEXT,                -- the article that states it; null where articles disagree
  series TEXT, period TEXT        -- of what they disagree on
);

CREATE TABLE places (             -- areas of ISO 3166, and what became of those that were merged
  id TEXT PRIMARY KEY,            -- ISO 3166 code; with @ and the year where the code's area was another before
  code TEXT NOT NULL,             -- ISO 3166 code, as in facts.place
  name TEXT NOT NULL,
  names TEXT NOT NULL,            -- JSON: other spellings
  valid_from TEXT, valid_until TEXT,  -- first and last day, where they are known
  successor TEXT REFERENCES places (id)
);

CREATE TABLE hits (               -- what a reader searches: an observation or a document, with what it is found and counted by
  id INTEGER PRIMARY KEY,         -- in the order in which hits are shown: most sources first, then the surest
  kind TEXT NOT NULL,             -- metric, target or document
  observation_id TEXT REFERENCES observations (id),
  document_id TEXT REFERENCES documents (id),
  indicator TEXT, place TEXT, country TEXT, period TEXT, year TEXT,
  languages TEXT NOT NULL,        -- of the articles that say it, each between spaces
  publishers TEXT NOT NULL,       -- likewise
  confidence REAL NOT NULL,
  sources INTEGER NOT NULL,
  flagged INTEGER NOT NULL,       -- 1 where a check of one of its facts does not hold
  first_published TEXT, last_published TEXT
);

CREATE TABLE hit_words (          -- what a hit is found by
  id INTEGER PRIMARY KEY REFERENCES hits (id),
  words TEXT NOT NULL             -- evidence, labels, titles and names, folded; marks of what the hit can be narrowed to
);

CREATE VIRTUAL TABLE search USING fts5 (fact_id UNINDEXED, exact, sentence, label, title, tokenize = 'trigram');
INSERT INTO search (search, rank) VALUES ('hashsize', 33554432);
CREATE VIRTUAL TABLE hit_search USING fts5 (words, content = 'hit_words', content_rowid = 'id', tokenize = 'trigram');
INSERT INTO hit_search (hit_search, rank) VALUES ('hashsize', 33554432);
