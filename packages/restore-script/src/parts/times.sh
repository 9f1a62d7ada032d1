# --- Times of members, for awk ------------------------------------------------

# shellcheck disable=SC2016 # awk's own variables
TIMES='
function floor(number) { return int(number) > number ? int(number) - 1 : int(number) }
# 2026-11-22 03:15
function time_of(seconds,  day, rest) {
  day = floor(seconds / 86400)
  rest = seconds - day * 86400
  if (!(day in date)) date[day] = date_of(day)
  return date[day] sprintf(" %02d:%02d", int(rest / 3600), int(rest / 60) % 60)
}
# For touch: 202611220315.00
function stamp_of(seconds,  day, rest, text) {
  day = floor(seconds / 86400)
  rest = seconds - day * 86400
  text = date_of(day)
  if (text !~ /^[0-9][0-9][0-9][0-9]-/) return "-"
  gsub(/-/, "", text)
  return text sprintf("%02d%02d.%02d", int(rest / 3600), int(rest / 60) % 60, rest % 60)
}
# Years begin in March here, so that the leap day is their last; day 0 is 1970-01-01.
function date_of(day,  era, year, month) {
  day += 719468
  era = floor(day / 146097)
  day -= era * 146097
  year = int((day - int(day / 1460) + int(day / 36524) - int(day / 146096)) / 365)
  day -= 365 * year + int(year / 4) - int(year / 100)
  month = int((5 * day + 2) / 153)
  day -= int((153 * month + 2) / 5) - 1
  month += month < 10 ? 3 : -9
  return sprintf("%04d-%02d-%02d", year + era * 400 + (month <= 2), month, day)
}
'

