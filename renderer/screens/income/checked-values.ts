/** What a form holds once all its rules pass; null when one does not, which the form then shows at its field. */
import type { FormInstance } from 'antd'

/**
 * Ant Design calls a check off when a field changes while it runs, and then refuses without any fault to show: a key
 * pressed right after the last paper arrived would do nothing. Such a check is run again.
 */
export async function checkedValues<Values>(form: FormInstance<Values>): Promise<Values | null> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const values = await form.validateFields().catch(() => null)
    if (values !== null) return values
    if (form.getFieldsError().some(({ errors }) => errors.length > 0)) return null
  }
  return null
}
