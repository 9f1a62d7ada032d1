# --- Why a download failed ----------------------------------------------------

# explain_failure URL
explain_failure() {
  case $connect_status in
    '' | 000 | 2??) ;;
    *)
      explain_connect "$connect_status"
      return
      ;;
  esac
  case $http_status in
    407 | 511) explain_network "$http_status" ;;
    3?? | 400 | 401 | 403 | 404 | 410) explain_refusal "$1" ;;
    416)
      rm -f "$part"
      why="the store would not go on where the last try ended (HTTP 416)."
      ;;
    408 | 425 | 429 | 5??) why="$(who_answers) HTTP $http_status." ;;
    4??)
      passing=2
      why="$(who_answers) HTTP $http_status."
      ;;
    *) explain_broken "$1" ;;
  esac
}

has_proxy() {
  [ -n "${http_proxy-}${https_proxy-}${HTTPS_PROXY-}${all_proxy-}${ALL_PROXY-}" ]
}

# is_proxy_unused URL: busybox wget has none for https but http_proxy.
is_proxy_unused() {
  case $downloader.$1 in with_wget.https:*) ;; *) return 1 ;; esac
  [ -z "${http_proxy-}" ] && has_proxy
}

who_answers() {
  if has_proxy; then printf 'the store, or the proxy, answers'; else printf 'the store answers'; fi
}

# explain_network STATUS-OR-WORDS: what stands between here and the store has answered in its place.
explain_network() {
  passing=2
  answered=$1
  case $1 in [1-5]??) answered="HTTP $1" ;; esac
  case $1 in 401) ! has_proxy || set -- 407 ;; esac
  case $1 in
    407) why="the proxy wants a user and a password (HTTP 407): set http_proxy and https_proxy to http://USER:PASSWORD@HOST:PORT." ;;
    511) why="this network wants you to log in first, with a browser (HTTP 511)." ;;
    *) why="it was not the store that answered ($answered), but something between: a proxy, a firewall, or a network that wants you to log in first, with a browser. Use another network, or let it pass the store." ;;
  esac
}

# explain_connect STATUS: a proxy's, which was to connect to the store.
explain_connect() {
  case $1 in
    511) explain_network 511 ;;
    5??) why="the proxy cannot reach the store (HTTP $1)." ;;
    *) explain_network "$1" ;;
  esac
}

# The store gives its reason in the answer's text, which the downloaders leave out. Its text is XML; that of a proxy is not.
explain_refusal() {
  passing=2
  answer=$(refusal "$1" 2>/dev/null)
  case $answer in
    *'<Code>InvalidObjectState<'*)
      passing=1
      why="it is in cold storage (Glacier). Have it thawed there (aws s3api restore-object, for each chunk) before the next run."
      ;;
    *'<Code>ExpiredToken<'*) why="the credentials that signed the URL have expired. Write a new script: $RENEW" ;;
    *'<Code>InvalidAccessKeyId<'*) why="the access key that signed the URL was deleted. Write a new script: $RENEW" ;;
    *'<Code>SignatureDoesNotMatch<'*) why="the store does not accept the URL's signature: was the script changed? Write a new one: $RENEW" ;;
    *'<Code>PermanentRedirect<'* | *'<Code>TemporaryRedirect<'*)
      why="the store has the bucket in another region, or under another address. With those in the configuration, write a new script: $RENEW"
      ;;
    *'<Error'*) explain_status ;;
    *) if is_foreign_answer; then explain_network "$http_status"; else explain_status; fi ;;
  esac
}

# Where the text cannot be had, as from busybox wget, only the status speaks.
is_foreign_answer() {
  case $http_status in 3??) return 0 ;; 401) ! has_proxy || return 0 ;; esac
  [ -n "$answer" ]
}

explain_status() {
  if [ "$http_status" = 404 ]; then
    passing=1
    why="the store does not have it any more (HTTP 404)."
  elif is_alive && [ "$downloader" = with_wget ] && has_proxy; then
    why="the store, or the proxy, answers HTTP $http_status. Install curl, which shows whose answer it is: the proxy may forbid the store, or the URL may have expired with the credentials that signed it. For that, write a new script: $RENEW"
  elif is_alive; then
    why="the store refuses the URL (HTTP $http_status). It has expired with the credentials that signed it, or was revoked. Write a new script: $RENEW"
  else
    why=$(expired)
  fi
}

# refusal URL: the first bytes of the store's answer.
refusal() {
  case $downloader in
    with_curl) (curl_url "$1" --silent --connect-timeout 10 --max-time 20) ;;
    with_gnu_wget)
      (gnu_wget_url "$1" --timeout=10 --quiet --content-on-error -O -) &
      note_child
      # Its time begins anew with each byte.
      end_after 20 &
      note_guard
      wait_for_child
      ;;
  esac | head -c 4096
}

# explain_broken URL
explain_broken() {
  ! explain_tls "$1" || return 0
  case "$downloader.$ended $heard" in
    *'No space left'* | 'with_curl.23 '* | 'with_gnu_wget.3 '*)
      passing=2
      why="it cannot be written to ${keep:-$scratch}, whose disk may be full."
      ;;
    *'CONNECT tunnel failed, response '* | *'Received HTTP code '*' from proxy'*)
      connect_status=${heard#*CONNECT tunnel failed, response }
      connect_status=${connect_status#*Received HTTP code }
      explain_connect "${connect_status%%[!0-9]*}"
      ;;
    *'Proxy tunneling failed: Proxy Auth'*) explain_network 407 ;;
    *'Proxy tunneling failed: '*'navailable'* | *'Proxy tunneling failed: '*'Gateway'*) why="the proxy cannot reach the store (${said%Unable to establish SSL connection.})." ;;
    *'Proxy tunneling failed'*) explain_network "${said%Unable to establish SSL connection.}" ;;
    'with_curl.33 '*)
      rm -f "$part"
      why="the server cannot go on where the last try ended."
      ;;
    'with_curl.1 '* | with_wget.*' not an http '*)
      passing=2
      why="this downloader does not know https ($said). Install curl or wget."
      ;;
    with_nothing*)
      passing=2
      why="it must be fetched, but $said."
      ;;
    # Ended by end_stalled or end_after; ksh counts signals from 256.
    with_wget.143* | with_wget.271*)
      if is_proxy_unused "$1"; then
        why="nothing came any more. This wget does not use https_proxy: install curl."
        return
      fi
      why="nothing came any more. This wget tries only the first address of the store: if that is one of an IPv6 that does not work here, turn IPv6 off (sysctl -w net.ipv6.conf.all.disable_ipv6=1), or install curl."
      ;;
    with_gnu_wget.143* | with_gnu_wget.271*) why="nothing came any more." ;;
    *) why="it cannot be fetched ($said)." ;;
  esac
}

