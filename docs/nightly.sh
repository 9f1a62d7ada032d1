#!/bin/sh
# The nightly job of backuppc-archive-s3. docs/nightly.md explains how to install it.
#
# It prints nothing as long as all is well, so that cron sends no mail. It continues after a failure,
# and ends with the exit status of the first command that failed.

# Directory for the restore scripts. Anyone who has one can download the archive (encrypted): keep it private.
: "${SCRIPTS:=/srv/restore-scripts}"
# Archives older than this many days are deleted...
: "${AGE:=30}"
# ...if at least this many newer good archives of the same host remain.
: "${KEEP:=1}"
# Every host must have a complete archive that is at most this many days old.
: "${OVERDUE:=8}"
# How long the URLs in the restore scripts work, in seconds. S3 allows a week at most.
: "${EXPIRE:=604800}"

worst=0

main() {
  # First, so that archive-host uploads again what was lost.
  manager verify
  manager delete --age="$AGE" --keep="$KEEP"
  manager gc
  manager script --all --directory="$SCRIPTS" --expire="$EXPIRE"
  manager list --overdue="$OVERDUE"
  # For whoever reads the mail.
  [ "$worst" -eq 0 ] || backup-manager list
  exit "$worst"
}

# Runs one command quietly, and remembers the first failure. 4: there was nothing to do.
manager() {
  backup-manager "$@" --quiet
  status=$?
  [ "$status" -ne 4 ] || status=0
  [ "$status" -eq 0 ] || echo "backup-manager $1 ended with status $status"
  [ "$worst" -ne 0 ] || worst=$status
}

main
