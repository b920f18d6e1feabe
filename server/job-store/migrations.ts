/**
 * The steps that led to today's tables, oldest first. A step that was released is never edited; a change is a new step.
 * Every index is partial: a row is in it only while the question it answers concerns the job.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE job (
    job_id          TEXT PRIMARY KEY NOT NULL,
    record          TEXT NOT NULL,
    user_id         TEXT,
    idempotency_key TEXT,
    queued_at       REAL NOT NULL,
    status          TEXT NOT NULL,
    waiting_place   REAL,
    open_retry_of   TEXT,
    claim_ends_at   REAL,
    deadline_at     REAL,
    in_line_from    REAL,
    expires_at      REAL,
    ends_at         REAL,
    prepared_at     REAL,
    preparation_ms  REAL
  ) STRICT;

  CREATE UNIQUE INDEX job_idempotency_key ON job (idempotency_key) WHERE idempotency_key IS NOT NULL;
  CREATE UNIQUE INDEX job_open_retry_of ON job (open_retry_of) WHERE open_retry_of IS NOT NULL;
  CREATE INDEX job_history ON job (user_id, queued_at DESC, job_id DESC, status) WHERE user_id IS NOT NULL;
  CREATE INDEX job_waiting ON job (waiting_place, job_id) WHERE waiting_place IS NOT NULL;
  CREATE INDEX job_claim ON job (claim_ends_at) WHERE claim_ends_at IS NOT NULL;
  CREATE INDEX job_deadline ON job (deadline_at, in_line_from) WHERE deadline_at IS NOT NULL;
  CREATE INDEX job_expiry ON job (expires_at) WHERE expires_at IS NOT NULL;
  CREATE INDEX job_end ON job (ends_at) WHERE ends_at IS NOT NULL;
  CREATE INDEX job_preparation ON job (prepared_at, preparation_ms) WHERE prepared_at IS NOT NULL;

  CREATE TABLE file_number (
    name   TEXT PRIMARY KEY NOT NULL,
    number INTEGER NOT NULL UNIQUE
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE probe (
    probe_id   INTEGER PRIMARY KEY,
    written_at REAL NOT NULL
  ) STRICT;
  `,
];
