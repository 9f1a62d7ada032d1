# --- The data key, encrypted --------------------------------------------------

print_key_for_passphrase() {
  cat <<'END_OF_KEY'
@KEY_FOR_PASSPHRASE@
END_OF_KEY
}

print_key_for_keys() {
  cat <<'END_OF_KEY'
@KEY_FOR_KEYS@
END_OF_KEY
}

# --- The member index: name, SHA-256, URL of each part ------------------------

print_index() {
  cat <<'END_OF_INDEX'
@INDEX@
END_OF_INDEX
}

# --- The members that the script is for, after a slash; none: for all ---------

print_members() {
  cat <<'END_OF_MEMBERS'
@ONLY_MEMBERS@
END_OF_MEMBERS
}

# --- The chunks in their order: name, bytes, SHA-256, signature of the URL, bytes of the tar, version ----

print_chunks() {
  cat <<'END_OF_CHUNKS'
@CHUNKS@
END_OF_CHUNKS
}

# zsh ends a trace only for the function that asks for it, and its callers would show the passphrase.
[ -z "${ZSH_VERSION-}" ] || case $- in *x*)
  set +x
  say "The trace ends here: zsh would show the passphrase."
  ;;
esac
main "$@" || exit 1
