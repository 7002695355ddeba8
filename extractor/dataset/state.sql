-- What the next build has to know of this one, in a file beside the dataset. Without it all is worked out anew.

CREATE TABLE state.lines (        -- the lines of runs that the dataset is made of
  digest BLOB PRIMARY KEY,        -- BLAKE2b of the line
  article_id TEXT NOT NULL, source TEXT NOT NULL, url TEXT, published TEXT
) WITHOUT ROWID;
CREATE INDEX state.lines_article ON lines (article_id, source, digest);

CREATE TABLE state.read (         -- of which line an article was read, and what it is told to be like others by
  number INTEGER PRIMARY KEY,     -- its facts are the rows from number << 20 on in `search`
  article_id TEXT NOT NULL UNIQUE,
  line BLOB NOT NULL,
  figures BLOB NOT NULL, wording BLOB NOT NULL, numbers BLOB NOT NULL
);

CREATE TABLE state.mentions (     -- documents that articles name
  fact_id TEXT PRIMARY KEY,
  article_id TEXT NOT NULL,
  key TEXT NOT NULL,              -- what tells one document from another, but for its year
  year TEXT,
  -- as in facts, which are on a page of their own each
  start INTEGER NOT NULL, exact TEXT NOT NULL, confidence REAL NOT NULL, number TEXT, issuer TEXT, date TEXT, document_id TEXT
) WITHOUT ROWID;
CREATE INDEX state.mentions_key ON mentions (key);
CREATE INDEX state.mentions_article ON mentions (article_id);

CREATE TABLE state.told (         -- of observations and documents that many facts are of: those that their hits are worked out of
  owner TEXT NOT NULL, fact_id TEXT NOT NULL,
  PRIMARY KEY (owner, fact_id)
) WITHOUT ROWID;

CREATE TABLE state.doubts (       -- observations that a check which does not hold names a fact of
  observation_id TEXT NOT NULL, check_id TEXT NOT NULL,
  PRIMARY KEY (observation_id, check_id)
) WITHOUT ROWID;

CREATE TABLE state.seal (         -- a dataset that another program wrote in since is not gone on with
  number INTEGER PRIMARY KEY,
  writes INTEGER NOT NULL         -- change counter of the dataset's file when it was done
);
