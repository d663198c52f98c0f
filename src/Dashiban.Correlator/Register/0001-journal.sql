-- The register's tables. Times are microseconds since 1970-01-01 UTC. Rows are only ever added; retention alone removes them.
-- The text is the same for SQLite and PostgreSQL but for two type names: read BIGINT for INTEGER and BYTEA for BLOB there.

-- One counter numbers every journal row of every table, so that the whole history has one order and can be replayed.
CREATE TABLE journal_position (last_position INTEGER NOT NULL);
INSERT INTO journal_position (last_position) VALUES (0);

CREATE TABLE passage (
    position      INTEGER PRIMARY KEY,
    outbox        TEXT    NOT NULL,
    sequence      INTEGER NOT NULL,
    plate_key     TEXT    NOT NULL,
    captured_at   INTEGER NOT NULL,
    received_at   INTEGER NOT NULL,
    late          INTEGER NOT NULL,
    scene_sha256  TEXT,
    body          TEXT    NOT NULL,
    crop          BLOB,
    UNIQUE (outbox, sequence)
);
CREATE INDEX passage_by_plate ON passage (plate_key, captured_at);
CREATE INDEX passage_by_time ON passage (captured_at);

CREATE TABLE edge_hit (
    position    INTEGER PRIMARY KEY,
    outbox      TEXT    NOT NULL,
    sequence    INTEGER NOT NULL,
    edge        TEXT    NOT NULL,
    received_at INTEGER NOT NULL,
    UNIQUE (outbox, sequence)
);

-- Sequences through this number are recorded although retention may have removed their rows.
CREATE TABLE outbox_progress (
    outbox           TEXT PRIMARY KEY,
    recorded_through INTEGER NOT NULL
);

CREATE TABLE alert_change (
    position     INTEGER PRIMARY KEY,
    lead_id      INTEGER NOT NULL,
    from_edge    INTEGER NOT NULL,
    kind         TEXT    NOT NULL,
    rule         TEXT    NOT NULL,
    plate        TEXT    NOT NULL,
    plate_key    TEXT    NOT NULL,
    period_start INTEGER NOT NULL,
    period_end   INTEGER NOT NULL,
    score        DOUBLE PRECISION NOT NULL,
    reasons      TEXT    NOT NULL,
    evidence     TEXT    NOT NULL,
    recorded_at  INTEGER NOT NULL
);
CREATE INDEX alert_change_by_lead ON alert_change (lead_id, from_edge, position);
CREATE INDEX alert_change_by_plate ON alert_change (plate_key, period_start);

-- Which passages stand behind a lead: retention keeps them longer.
CREATE TABLE evidence (
    lead_id  INTEGER NOT NULL,
    outbox   TEXT    NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (outbox, sequence, lead_id)
);
CREATE INDEX evidence_by_lead ON evidence (lead_id);

CREATE TABLE disposition (
    position INTEGER PRIMARY KEY,
    lead_id  INTEGER NOT NULL,
    verdict  TEXT    NOT NULL,
    reason   TEXT    NOT NULL,
    said_by  TEXT    NOT NULL,
    said_at  INTEGER NOT NULL
);
CREATE INDEX disposition_by_lead ON disposition (lead_id, position);

CREATE TABLE coverage (
    position    INTEGER PRIMARY KEY,
    camera      TEXT    NOT NULL,
    site        TEXT    NOT NULL,
    from_at     INTEGER NOT NULL,
    to_at       INTEGER NOT NULL,
    up          INTEGER NOT NULL,
    received_at INTEGER NOT NULL
);
CREATE INDEX coverage_by_time ON coverage (to_at);

CREATE TABLE rule_pack (
    position   INTEGER PRIMARY KEY,
    body       TEXT    NOT NULL,
    adopted_at INTEGER NOT NULL
);

CREATE TABLE rejected_message (
    position    INTEGER PRIMARY KEY,
    topic       TEXT    NOT NULL,
    payload     BLOB    NOT NULL,
    reason      TEXT    NOT NULL,
    -- Where they could be read: such a message counts as recorded, the same bytes would be refused again.
    outbox      TEXT,
    sequence    INTEGER NOT NULL,
    received_at INTEGER NOT NULL
);

CREATE TABLE audit (
    number  INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    who     TEXT    NOT NULL,
    why     TEXT    NOT NULL,
    action  TEXT    NOT NULL,
    subject TEXT    NOT NULL,
    hash    TEXT    NOT NULL
);

CREATE TABLE scene (
    outbox   TEXT    NOT NULL,
    sequence INTEGER NOT NULL,
    jpeg     BLOB    NOT NULL,
    PRIMARY KEY (outbox, sequence)
);

-- What retention has done: passages captured before this time are incomplete, replay does not judge periods that begin earlier.
CREATE TABLE pruned (
    position  INTEGER PRIMARY KEY,
    before_at INTEGER NOT NULL
);
