# --- gpg ----------------------------------------------------------------------

# decrypt FILE: to standard output. Its status is gpg's, which proves nothing: see is_proper.
decrypt() {
  if [ -z "$PASSPHRASE$RECIPIENTS" ]; then
    cat "$1"
  else
    run_gpg --decrypt -- "$1"
  fi
}

# decrypt_together DIRECTORY NAME.gpg...: each one beside it, without the .gpg. Fails unless all of them are proper.
# One gpg starts, reads the secret and prepares its memory for all: for small chunks that takes longer than to decrypt.
decrypt_together() {
  (cd "$1" && shift && run_gpg --multifile --decrypt -- "$@") >/dev/null && are_proper $(($# - 1))
}

# run_gpg COMMAND...
run_gpg() {
  if [ -n "$secret" ]; then
    printf '%s\n' "$secret" |
      heard_gpg --batch --no-tty ${loopback:+--pinentry-mode loopback} --passphrase-fd 0 "$@"
  else
    heard_gpg "$@"
  fi
}

heard_gpg() {
  "$gpg" --quiet ${accept_unprotected:+--ignore-mdc-error} --status-fd 8 "$@" 2>"$scratch/gpg.said" 8>"$scratch/gpg.status"
}

# Whether what gpg decrypted was one encrypted message and nothing beside it, protected against changes and
# opened the way that the archive is. To gpg, text that was never encrypted "decrypts" to itself.
is_proper() {
  [ -n "$PASSPHRASE$RECIPIENTS" ] || return 0
  by_passphrase=
  begin_message
  read_status && is_message_proper
}

# are_proper COUNT: the same of each of so many files. Of those behind the first, gpg does not say that it
# used a passphrase; where one is expected, its home has no other key.
are_proper() {
  by_passphrase=
  read_status && [ "$files" -eq "$1" ]
}

begin_message() {
  stage=
  protected=$accept_unprotected
  used=
  sent=
}

# Counts in $files those that are proper, and fails at the first that is not.
read_status() {
  files=0
  while read -r _ word one two _; do
    case $word in
      FILE_START) begin_message ;;
      FILE_DONE)
        is_message_proper || return 1
        files=$((files + 1))
        ;;
      NEED_PASSPHRASE_SYM) by_passphrase=yes ;;
      ENC_TO) sent="$sent $one" ;;
      DECRYPTION_KEY) used="$one $two" ;;
      BEGIN_DECRYPTION) stage=$stage.begun ;;
      PLAINTEXT) stage=$stage.text ;;
      DECRYPTION_OKAY) stage=$stage.okay ;;
      GOODMDC) protected=yes ;;
      END_DECRYPTION) stage=$stage.ended ;;
      DECRYPTION_FAILED | BADMDC | UNEXPECTED | NODATA) return 1 ;;
    esac
  done <"$scratch/gpg.status"
}

is_message_proper() {
  [ "$stage$protected" = .begun.text.okay.endedyes ] || return 1
  if [ "$kind" = passphrase ]; then
    [ "$by_passphrase" = yes ] && [ -z "$used" ]
  else
    is_for_recipient
  fi
}

# Whether the archive's keys decrypted it. Version 1 does not say which key it was.
is_for_recipient() {
  for one in ${used:-$sent}; do
    case "$RECIPIENTS $SUBKEYS " in *"$one "*) return 0 ;; esac
  done
  return 1
}

is_passphrase_wrong() {
  [ -n "$passphrase" ] && [ -z "$opened" ] || return 1
  case $(cat "$scratch/gpg.said") in
    *'ad session key'* | *'ad passphrase'* | *'failed: bad key'* | *'failed: Bad key'*) return 0 ;;
    # The session key that a wrong passphrase makes of the message's may be called anything.
    *'session key failed'* | *'nknown cipher algorithm'* | *'key setup failed'* | *'do_setkey: Assertion'*) return 0 ;;
  esac
  return 1
}

is_unprotected() {
  case $(cat "$scratch/gpg.said") in *'not integrity protected'*) return 0 ;; esac
  return 1
}

# Whether the message itself is damaged: gpg found none, or failed after it had been opened.
is_message_bad() {
  while read -r _ word _; do
    case $word in NODATA | UNEXPECTED | BADMDC | DECRYPTION_INFO) return 0 ;; esac
  done <"$scratch/gpg.status"
  return 1
}

# die_of_gpg NAME
die_of_gpg() {
  gpgs_reason=$(tail -n 1 "$scratch/gpg.said")
  ! is_key_unusable || die_of_key "$1"
  ! is_passphrase_wrong || die "The passphrase is wrong: gpg cannot decrypt $1 with it."
  ! is_unprotected ||
    die "$1 was encrypted by an old program, without protection against changes. To decrypt it all the same, add --accept-unprotected."
  case $by_key$(cat "$scratch/gpg.said") in
    yes*'o secret key'* | yes*'ecret key not available'*) die "gpg has no secret key for $1: import one of $RECIPIENTS." ;;
  esac
  [ "${gpg_ended:-1}" -ne 0 ] || gpgs_reason=
  if [ -z "$gpgs_reason" ]; then
    reason="$1 is not encrypted as this archive is, so it did not come from it: it was forged or replaced. Nothing of it was used.$(after_gpg "$1")"
  else
    reason="gpg cannot decrypt $1: $gpgs_reason$(after_gpg "$1")"
  fi
  [ "$1" != "$SUMS_NAME" ] || ! is_message_bad ||
    reason="$reason If that does not help, --without-sums restores without that proof of what was archived."
  die "$reason"
}

# die_of_key NAME
die_of_key() {
  reason="gpg cannot use your secret key for $1"
  if [ -n "$passphrase" ]; then
    die "$reason: its passphrase was wrong${PASSPHRASE:+, and it is not that of the backup}."
  elif may_passphrase_help; then
    die "$reason ($gpgs_reason): run the script on a terminal, or add --passphrase-file FILE with the passphrase of ${PASSPHRASE:+the backup or of }the key."
  fi
  die "$reason ($gpgs_reason). If it is on a card, insert that; otherwise import one of $RECIPIENTS."
}

# What was kept, and is checked by gpg alone, would fail in each further run.
after_gpg() {
  if [ -n "$keep" ] && [ -f "$keep/$1" ] && { [ -z "$DIGESTS" ] || [ "$1" = "$SUMS_NAME" ]; }; then
    printf '%s' " (To have it fetched again, delete $keep/$1.)"
  elif [ -n "$feeding" ]; then
    printf '%s' " ($(next_run))"
  fi
}

