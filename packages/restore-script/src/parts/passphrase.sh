# --- The passphrase -----------------------------------------------------------

get_passphrase() {
  [ -n "$PASSPHRASE$RECIPIENTS" ] || return 0
  has_key=
  end_trace
  ! has_secret_key || has_key=yes
  if [ "$passphrase_file" = - ]; then
    IFS= read -r passphrase || [ -n "$passphrase" ] || die "There was no passphrase on standard input."
  elif [ -n "$passphrase_file" ]; then
    [ -r "$passphrase_file" ] || die "The passphrase file cannot be read: $passphrase_file."
    IFS= read -r passphrase <"$passphrase_file" || [ -n "$passphrase" ] ||
      die "The passphrase file is empty: $passphrase_file."
  elif [ -n "$PASSPHRASE" ] && [ -z "$has_key" ]; then
    ask_passphrase
  fi
  # A file that was edited on Windows ends its lines with the one, and begins with the other.
  passphrase=${passphrase%"$(printf '\r')"}
  passphrase=${passphrase#"$(printf '\357\273\277')"}
  if [ -n "$PASSPHRASE" ] && [ -n "$passphrase" ]; then
    use_own_home
  elif [ -n "$RECIPIENTS" ]; then
    use_secret_key
  else
    die "Without the passphrase nothing can be decrypted."
  fi
}

# What sh -x prints would show the passphrase.
end_trace() {
  case $- in *x*) ;; *) return 0 ;; esac
  set +x
  say "The trace ends here: it would show the passphrase."
}

# Whether the caller's keyring has one that decrypts the archive.
has_secret_key() {
  for recipient in $RECIPIENTS; do
    ! "$gpg" --batch --quiet --list-secret-keys -- "$recipient" >/dev/null 2>&1 || return 0
  done
  return 1
}

# Nothing of the caller's keyring is needed, and his home may not be writable. Without any key, gpg decrypts
# nothing but what the passphrase or the data key does.
use_own_home() {
  [ "${GNUPGHOME-}" != "$scratch/gnupg" ] || return 0
  callers_keyring=${GNUPGHOME-}
  GNUPGHOME=$scratch/gnupg
  export GNUPGHOME
  mkdir -p "$GNUPGHOME"
}

use_secret_key() {
  by_key=yes
  [ -z "$passphrase" ] || return 0
  [ -z "$PASSPHRASE" ] || [ -z "$has_key" ] ||
    say "Your secret key decrypts this backup. To use its passphrase instead, add --passphrase-file FILE."
  if [ -z "${GPG_TTY-}" ] && GPG_TTY=$(tty 2>/dev/null </dev/tty); then
    # The program that asks for the passphrase of a secret key looks for the terminal there.
    export GPG_TTY
  fi
}

ask_passphrase() {
  (: </dev/tty) 2>/dev/null ||
    die "There is no terminal to ask for the passphrase: add --passphrase-file FILE."
  asked=$((${asked:-0} + 1))
  terminal=$(stty -g </dev/tty)
  # Someone who stopped it would come back to a terminal that shows what is typed.
  stty -echo susp undef </dev/tty 2>/dev/null || stty -echo </dev/tty
  printf 'Passphrase for backup %s of %s: ' "$NUMBER" "$HOST" >/dev/tty
  IFS= read -r passphrase </dev/tty
  restore_terminal
}

# Asks again where the passphrase was mistyped; fails where nobody was asked, or three times already.
ask_again() {
  is_passphrase_wrong || return 1
  ! try_key || return 0
  [ "${asked:-3}" -lt 3 ] || return 1
  say "That is not the passphrase: gpg cannot decrypt $1 with it."
  ask_passphrase
}

# What is not the archive's passphrase may be that of the secret key: let gpg try it.
try_key() {
  [ -n "$has_key" ] && [ -z "$by_key" ] || return 1
  by_key=yes
  GNUPGHOME=$callers_keyring
  [ -n "$GNUPGHOME" ] || unset GNUPGHOME
}

restore_terminal() {
  [ -n "$terminal" ] || return 0
  stty "$terminal" </dev/tty
  terminal=
  printf '\n' >/dev/tty
}

