# --- The passphrase -----------------------------------------------------------

get_passphrase() {
  [ -n "$PASSPHRASE$RECIPIENTS" ] || return 0
  has_key=
  end_trace
  [ -z "$RECIPIENTS" ] || borrow_keyring
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

# Without any, gpg would ask for one itself.
ask_passphrase() {
  has_terminal || die "There is no terminal to ask for the passphrase: add --passphrase-file FILE."
  until ask_once; do
    [ "$asked" -lt 3 ] || die "Without the passphrase nothing can be decrypted."
    say "Nothing was typed."
  done
}

ask_once() {
  asked=$((${asked:-0} + 1))
  terminal=$(stty -g </dev/tty)
  # Someone who stopped it would come back to a terminal that shows what is typed.
  stty -echo susp undef </dev/tty 2>/dev/null || stty -echo </dev/tty
  printf 'Passphrase for %s: ' "$(whose_passphrase)" >/dev/tty
  IFS= read -r passphrase </dev/tty
  restore_terminal
  [ -n "$passphrase" ]
}

has_terminal() {
  (: </dev/tty) 2>/dev/null
}

whose_passphrase() {
  case $PASSPHRASE.${has_key:-no} in
    yes.no) printf 'backup %s of %s' "$NUMBER" "$HOST" ;;
    yes.*) printf 'backup %s of %s, or for your secret key' "$NUMBER" "$HOST" ;;
    *) printf 'your secret key' ;;
  esac
}

# Asks again where the passphrase was mistyped, or the secret key could not be used; fails where nobody can be asked,
# or was three times already.
ask_again() {
  if is_key_unusable && [ -z "$passphrase" ]; then
    has_terminal && may_passphrase_help || return 1
    say "gpg cannot use your secret key ($(tail -n 1 "$scratch/gpg.said"))."
    asked=0
  else
    is_key_unusable || is_passphrase_wrong || return 1
    ! try_key || return 0
    [ "${asked:-3}" -lt 3 ] || return 1
    say "That is not the passphrase: gpg cannot decrypt $1 with it."
  fi
  ask_passphrase
  [ -z "$PASSPHRASE" ] || leave_key
  secret=$passphrase
}

restore_terminal() {
  [ -n "$terminal" ] || return 0
  stty "$terminal" </dev/tty
  terminal=
  printf '\n' >/dev/tty
}

