#!/bin/sh
# The nightly job of backuppc-archive-s3: docs/nightly.md tells how to install it.
#
# It prints nothing while all is well, so that cron mails nothing. It goes on after a failure, and
# ends with the status of the first one.

# Where the restore scripts go. Each is a key to ciphertext: let nobody else read the folder.
: "${SCRIPTS:=/srv/restore-scripts}"
# Archives older than so many days are deleted...
: "${AGE:=30}"
# ...if at least so many newer complete ones of the same host remain.
: "${KEEP:=1}"
# A host must have had a complete archive within so many days.
: "${OVERDUE:=8}"
# How long the URLs in the restore scripts work: a week is the longest that S3 allows.
: "${EXPIRE:=604800}"

worst=0

main() {
  manager delete --age="$AGE" --keep="$KEEP"
  manager gc
  manager verify
  manager script --all --directory="$SCRIPTS" --expire="$EXPIRE"
  manager list --overdue="$OVERDUE"
  # What is there, for whoever reads the mail.
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
