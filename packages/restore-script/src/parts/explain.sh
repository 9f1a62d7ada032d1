# --- Why a download failed ----------------------------------------------------

# explain_failure URL
explain_failure() {
  case $http_status in
    400 | 401 | 403 | 410)
      passing=2
      explain_refusal "$1"
      ;;
    404)
      passing=1
      why="the store does not have it any more (HTTP 404)."
      ;;
    416)
      rm -f "$part"
      why="the store would not go on where the last try ended (HTTP 416)."
      ;;
    [45]??) why="the store answers HTTP $http_status." ;;
    *) explain_broken ;;
  esac
}

# The store gives its reason in the answer's text, which the downloaders leave out.
explain_refusal() {
  case $(refusal "$1" 2>/dev/null) in
    *'<Code>InvalidObjectState<'*)
      passing=1
      why="it is in cold storage (Glacier). Have it thawed there (aws s3api restore-object, for each chunk) before the next run."
      ;;
    *'<Code>ExpiredToken<'*) why="the credentials that signed the URL have expired. Write a new script: $RENEW" ;;
    *'<Code>InvalidAccessKeyId<'*) why="the access key that signed the URL was deleted. Write a new script: $RENEW" ;;
    *'<Code>SignatureDoesNotMatch<'*) why="the store does not accept the URL's signature: was the script changed? Write a new one: $RENEW" ;;
    *) if is_alive; then
      why="the store refuses the URL (HTTP $http_status). It has expired with the credentials that signed it, or was revoked. Write a new script: $RENEW"
    else
      why=$(expired)
    fi ;;
  esac
}

# refusal URL: the first bytes of the store's answer.
refusal() {
  case $downloader in
    with_curl) (curl_url "$1" --silent --max-time 20) ;;
    with_gnu_wget) (gnu_wget_url "$1" --timeout=20 --quiet --content-on-error -O -) ;;
  esac | head -c 4096
}

explain_broken() {
  case "$no_space$downloader.$ended $said" in
    yes* | 'with_curl.23 '* | 'with_gnu_wget.3 '*)
      passing=2
      why="it cannot be written to ${keep:-$scratch}, whose disk may be full."
      ;;
    'with_curl.33 '*)
      rm -f "$part"
      why="the server cannot go on where the last try ended."
      ;;
    'with_curl.60 '* | 'with_curl.77 '* | 'with_gnu_wget.5 '*)
      passing=2
      why="the store's certificate cannot be trusted ($said). Set this machine's clock, and install its certificates (package ca-certificates)."
      ;;
    'with_curl.1 '* | with_wget.*' not an http '*)
      passing=2
      why="this downloader does not know https ($said). Install curl or wget."
      ;;
    with_nothing*)
      passing=2
      why="it must be fetched, but $said."
      ;;
    *) why="it cannot be fetched ($said)." ;;
  esac
}

