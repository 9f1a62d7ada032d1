#!/bin/sh
# The nightly job of backuppc-archive-s3. docs/nightly.md explains how to install it.
#
# It prints nothing as long as all is well, so that cron sends no mail. Otherwise it prints what to do
# first, and then a line for each thing that needs attention (docs/when-mail-comes.md).

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
# Restore some files of this many hosts by a real script, the longest unproven first: 1 needs curl, gpg and the passphrase.
: "${DRILL:=0}"

exec backup-manager nightly --quiet --directory="$SCRIPTS" --expire="$EXPIRE" \
  --age="$AGE" --keep="$KEEP" --overdue="$OVERDUE" --drill="$DRILL"
