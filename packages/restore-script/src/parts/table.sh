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

# --- The chunks in their order: name, bytes, SHA-256, signature of the URL, version --------

print_chunks() {
  cat <<'END_OF_CHUNKS'
@CHUNKS@
END_OF_CHUNKS
}

main "$@" || exit 1
