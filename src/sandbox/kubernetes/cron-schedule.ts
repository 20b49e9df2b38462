/** A parsed cron schedule: the minutes, hours, days, months and weekdays on which it runs. */
export interface CronSchedule {
  readonly minutes: ReadonlySet<number>
  readonly hours: ReadonlySet<number>
  readonly days: ReadonlySet<number>
  readonly months: ReadonlySet<number>
  readonly weekdays: ReadonlySet<number>
  /** When both are restricted, a day that fits either runs. */
  readonly anyDay: boolean
  readonly anyWeekday: boolean
}

const macros: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
}
const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** Parses five fields or a macro such as `@daily`; undefined when it is neither. */
export function parseCron(text: string): CronSchedule | undefined {
  const words = (macros[text.trim()] ?? text).trim().split(/\s+/)
  if (words.length !== 5) return undefined
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = words.map((word) => word.toLowerCase())
  const minutes = fieldOf(minute, 0, 59)
  const hours = fieldOf(hour, 0, 23)
  const days = fieldOf(day, 1, 31)
  const months = fieldOf(month, 1, 12, monthNames)
  const weekdays = fieldOf(weekday, 0, 7, dayNames)
  if (!minutes || !hours || !days || !months || !weekdays) return undefined
  if (weekdays.has(7)) weekdays.add(0)
  return { minutes, hours, days, months, weekdays, anyDay: /^[*?]/.test(day), anyWeekday: /^[*?]/.test(weekday) }
}

function fieldOf(text: string, least: number, most: number, names: readonly string[] = []): Set<number> | undefined {
  const values = new Set<number>()
  const number = (word: string): number => {
    const named = names.indexOf(word)
    return named >= 0 ? named + (least === 1 ? 1 : 0) : /^\d+$/.test(word) ? Number(word) : Number.NaN
  }
  for (const part of text.split(',')) {
    const match = /^(\*|\?|[^-/]+)(?:-([^/]+))?(?:\/(\d+))?$/.exec(part)
    if (!match) return undefined
    const [, first = '', last, every] = match
    const whole = first === '*' || first === '?'
    const from = whole ? least : number(first)
    const to = whole || (last === undefined && every !== undefined) ? most : number(last ?? first)
    const step = Number(every ?? 1)
    if (!(from >= least && to <= most && from <= to && step > 0)) return undefined
    for (let value = from; value <= to; value += step) values.add(value)
  }
  return values
}

/** Looking further ahead than this finds nothing: the 30th of February. */
const horizonHours = 5 * 366 * 24
const hour = 3_600_000

interface Moment {
  readonly minute: number
  readonly hour: number
  readonly day: number
  readonly month: number
  readonly weekday: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

function momentIn(zone: string, ms: number): Moment {
  if (zone === 'UTC') {
    const at = new Date(ms)
    return {
      minute: at.getUTCMinutes(),
      hour: at.getUTCHours(),
      day: at.getUTCDate(),
      month: at.getUTCMonth() + 1,
      weekday: at.getUTCDay(),
    }
  }
  let format = formats.get(zone)
  if (format === undefined) {
    const numeric = { minute: 'numeric', hour: 'numeric', day: 'numeric', month: 'numeric', weekday: 'short' } as const
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...numeric })
    formats.set(zone, format)
  }
  const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]))
  const { minute, hour, day, month, weekday = '' } = parts
  return {
    minute: Number(minute),
    hour: Number(hour),
    day: Number(day),
    month: Number(month),
    weekday: dayNames.indexOf(weekday.toLowerCase()),
  }
}

/** The first time after `after` (ms since the epoch) at which a schedule runs in a time zone; undefined when it never does. */
export function nextRun(schedule: CronSchedule, after: number, zone = 'UTC'): number | undefined {
  let at = Math.floor(after / 60_000) * 60_000 + 60_000
  for (let hours = 0; hours < horizonHours; ) {
    const now = momentIn(zone, at)
    const dayFits = schedule.days.has(now.day)
    const weekdayFits = schedule.weekdays.has(now.weekday)
    const dated = schedule.anyDay || schedule.anyWeekday ? dayFits && weekdayFits : dayFits || weekdayFits
    if (dated && schedule.months.has(now.month) && schedule.hours.has(now.hour)) {
      if (schedule.minutes.has(now.minute)) return at
      at += 60_000
      if (now.minute === 59) hours++
    } else {
      at = Math.floor(at / hour) * hour + hour
      hours++
    }
  }
  return undefined
}
