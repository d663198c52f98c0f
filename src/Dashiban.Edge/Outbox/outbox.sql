-- The outbox of one edge. Times are microseconds since 1970-01-01 UTC.
CREATE TABLE outbox (
    id                TEXT    NOT NULL,
    confirmed_through INTEGER NOT NULL
);

-- AUTOINCREMENT: a number is never given twice, also after its row was pruned.
CREATE TABLE message (
    sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
    kind        INTEGER NOT NULL,
    topic       TEXT    NOT NULL,
    plate_key   TEXT    NOT NULL,
    captured_at INTEGER NOT NULL,
    body        BLOB    NOT NULL
);
CREATE INDEX message_by_plate ON message (plate_key, kind, captured_at);
CREATE INDEX message_times ON message (sequence, captured_at);
CREATE INDEX message_by_time ON message (captured_at);

-- Apart from the messages, so that reading a history does not page through pictures.
CREATE TABLE scene (
    sequence    INTEGER PRIMARY KEY,
    captured_at INTEGER NOT NULL,
    settled     INTEGER NOT NULL,
    jpeg        BLOB    NOT NULL
);
CREATE INDEX scene_by_time ON scene (settled, captured_at);

-- The hit that stands last for each finding: what a new examination is compared with.
CREATE TABLE standing (
    rule         TEXT    NOT NULL,
    plate        TEXT    NOT NULL,
    period_start INTEGER NOT NULL,
    plate_key    TEXT    NOT NULL,
    period_end   INTEGER NOT NULL,
    sequence     INTEGER NOT NULL,
    body         BLOB    NOT NULL,
    PRIMARY KEY (rule, plate, period_start)
);
CREATE INDEX standing_by_plate ON standing (plate_key);
