-- Made once the hits of a new dataset stand.

CREATE INDEX IF NOT EXISTS hits_observation ON hits (observation_id);
CREATE INDEX IF NOT EXISTS hits_document ON hits (document_id);
CREATE INDEX IF NOT EXISTS hits_kind ON hits (kind, id);
CREATE INDEX IF NOT EXISTS hits_indicator ON hits (indicator, id);
CREATE INDEX IF NOT EXISTS hits_indicator_country ON hits (indicator, country, id);
CREATE INDEX IF NOT EXISTS hits_indicator_place ON hits (indicator, place, id);
CREATE INDEX IF NOT EXISTS hits_place ON hits (place, id);
CREATE INDEX IF NOT EXISTS hits_country ON hits (country, id);
CREATE INDEX IF NOT EXISTS hits_year ON hits (year, id);
CREATE INDEX IF NOT EXISTS hits_flagged ON hits (flagged, id);
CREATE INDEX IF NOT EXISTS hits_published ON hits (first_published DESC, id);
CREATE INDEX IF NOT EXISTS hits_last_published ON hits (last_published, id);
