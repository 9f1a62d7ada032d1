# --- The data key -------------------------------------------------------------

# Chunks and sums are encrypted with a random data key, which this script has, encrypted in its turn with the
# passphrase, to the public keys, or both. It is as secret as the passphrase: it goes nowhere but to gpg.
open_data_key() {
  secret=$passphrase
  [ -z "$by_key" ] || kind=key
  [ -n "$DATA_KEY" ] || return 0
  until read_data_key; do
    ask_again "the data key" || die_of_gpg "the data key"
  done
  secret=$data_key
  data_key=
  kind=passphrase
  opened=yes
  use_own_home
}

# Fails where gpg does.
read_data_key() {
  secret=$passphrase
  if [ -n "$by_key" ]; then
    kind=key
    print_key_for_keys
  else
    kind=passphrase
    print_key_for_passphrase
  fi >"$scratch/key.asc"
  data_key=$(decrypt "$scratch/key.asc")
  gpg_ended=$?
  [ "$gpg_ended" -eq 0 ] || return 1
  is_proper || die_of_gpg "the data key"
  case ${#data_key}$data_key in
    64*[!0-9a-f]*) ;;
    64*) return 0 ;;
  esac
  die "The data key in this script is damaged. Write a new script: $RENEW"
}

