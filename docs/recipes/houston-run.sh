#!/bin/sh
# Run a job and tell Houston how it ended:  houston-run.sh nightly-import -- /opt/import.sh --full
# HOUSTON_URL and HOUSTON_API_KEY must be set. The job's exit code and output are kept, and it runs whether
# Houston is there or not. A script may also read this file with `.` and call houston_run in the same way.

houston_run() {
  houston_job=$1
  shift
  [ "${1-}" = "--" ] && shift
  houston_log=$(mktemp) || houston_log=
  if [ -n "$houston_log" ]; then
    "$@" 2>"$houston_log" && houston_code=0 || houston_code=$?
    cat "$houston_log" >&2
  else
    "$@" && houston_code=0 || houston_code=$?
  fi
  houston_tell || echo "Houston was not told how $houston_job ended." >&2
  [ -z "$houston_log" ] || rm -f "$houston_log"
  return "$houston_code"
}

houston_text() { # what JSON takes between quotation marks: whole characters, no control characters
  { iconv -c -f UTF-8 -t UTF-8 2>/dev/null || true; } | LC_ALL=C tr -d '\000-\010\013-\037\177' | LC_ALL=C tr '\t' ' ' |
    sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' | awk '{ printf "%s%s", line, $0; line = "\\n" }'
}

houston_tell() {
  houston_state=succeeded houston_error= houston_run_id=$(uname -n)-$(date -u +%Y%m%dT%H%M%SZ)-$$
  if [ "$houston_code" -ne 0 ]; then
    houston_state=failed
    houston_error=$({ echo "Exit code $houston_code"; tail -c 3000 "${houston_log:-/dev/null}"; } | houston_text)
  fi
  houston_body="{\"job\": \"$(printf %s "$houston_job" | houston_text)\", \"run_id\": \"$houston_run_id\", \"state\": \"$houston_state\", \"error\": \"$houston_error\"}"
  houston_key=$houston_run_id-$(printf %s "$houston_body" | cksum | tr ' ' -) # a lost answer doubles nothing
  printf 'Authorization: Bearer %s\n' "$HOUSTON_API_KEY" | curl -fsS -m 10 --retry 2 --retry-connrefused -o /dev/null \
    -H @- -H "Content-Type: application/json" -H "Idempotency-Key: $houston_key" \
    --data-binary "$houston_body" "${HOUSTON_URL%/}/api/v1/task-runs"
}

case ${0##*/} in houston-run*) houston_run "$@" ;; esac
