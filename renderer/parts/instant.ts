/** The audit trail keeps UTC; people read China's time, which has one zone and no summer time. */
import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc'

dayjs.extend(utc)

const CHINA_HOURS = 8

/** `2025-10-09 10:00` of an ISO instant. */
export function instantText(iso: string): string {
  return dayjs.utc(iso).utcOffset(CHINA_HOURS).format('YYYY-MM-DD HH:mm')
}

/** `2025-10-09` */
export function instantDay(iso: string): string {
  return instantText(iso).slice(0, 10)
}
