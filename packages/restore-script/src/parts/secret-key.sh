# --- A secret key -------------------------------------------------------------

# Whether the caller's keyring has one that decrypts the archive.
has_secret_key() {
  for recipient in $RECIPIENTS; do
    ! "$gpg" --batch --quiet --list-secret-keys -- "$recipient" >/dev/null 2>&1 || return 0
  done
  return 1
}

# On a medium that nobody can write to, gpg's agent has no place for its socket, and without the agent gpg has no
# secret key: links to the keyring do as well.
borrow_keyring() {
  callers_home=$(absolute "${GNUPGHOME:-${HOME-}/.gnupg}") || return 0
  [ -d "$callers_home" ] && [ ! -w "$callers_home" ] || return 0
  mkdir "$scratch/keyring" || return 0
  for file in "$callers_home"/*; do
    case $file in */S.*) ;; *) ln -s "$file" "$scratch/keyring/" ;; esac
  done
  GNUPGHOME=$scratch/keyring
  export GNUPGHOME
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
  name_terminal
}

# gpg's agent asks for the passphrase of a secret key on the terminal that is named there. It is a daemon,
# so it cannot open /dev/tty, and the caller may have named what is none.
name_terminal() {
  case ${GPG_TTY-} in
    /dev/tty) ;;
    /*) [ ! -c "$GPG_TTY" ] || return 0 ;;
  esac
  unset GPG_TTY
  if GPG_TTY=$(own_terminal); then export GPG_TTY; else unset GPG_TTY; fi
}

# own_terminal: the device that /dev/tty stands for.
own_terminal() {
  for device in "$(tty)" "$(tty <&2)" "$(terminal_of_process)"; do
    case $device in
      /dev/tty) ;;
      /*)
        printf '%s' "$device"
        return 0
        ;;
    esac
  done
  return 1
}

# Where neither input nor messages are on the terminal, Linux still says which it is.
terminal_of_process() {
  [ -r "/proc/$$/stat" ] && read -r stat <"/proc/$$/stat" || return 0
  # Behind the name, which may have spaces: state, parent, group, session, terminal.
  # shellcheck disable=SC2086 # words, split on purpose
  set -- ${stat##*") "}
  [ "$#" -ge 5 ] || return 0
  major=$(($5 / 256 % 4096))
  minor=$(($5 % 256 + ($5 >> 20) * 256))
  case $major in
    4) if [ "$minor" -lt 64 ]; then printf '/dev/tty%s' "$minor"; else printf '/dev/ttyS%s' $((minor - 64)); fi ;;
    13[6-9] | 14[0-3]) printf '/dev/pts/%s' $(((major - 136) * 256 + minor)) ;;
  esac
}

# Whether gpg could not use it: nobody was asked for its passphrase, the answer was wrong, or the card is not there.
# gpg often says no more than that it has no secret key. Once the message is open, it is not the key that is wrong.
is_key_unusable() {
  [ -n "$by_key" ] && [ -n "$has_key" ] && [ -z "$opened" ] || return 1
  while read -r _ word _; do
    case $word in DECRYPTION_INFO | PLAINTEXT | DECRYPTION_OKAY | BADMDC | NODATA | UNEXPECTED) return 1 ;; esac
  done <"$scratch/gpg.status"
}

# Whether a passphrase may open what the secret key could not: there is none for a key that is not there.
may_passphrase_help() {
  [ -z "$PASSPHRASE" ] || return 0
  while read -r _ word _; do [ "$word" != NO_SECKEY ] || return 1; done <"$scratch/gpg.status"
}

# What is not the archive's passphrase may be that of the secret key: let gpg try it.
try_key() {
  [ -n "$has_key" ] && [ -z "$by_key" ] || return 1
  by_key=yes
  GNUPGHOME=$callers_keyring
  [ -n "$GNUPGHOME" ] || unset GNUPGHOME
}

# The next passphrase may be the archive's again.
leave_key() {
  by_key=
  use_own_home
}

