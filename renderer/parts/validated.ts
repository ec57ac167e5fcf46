/** A form's values, or a refusal in words: Ant Design rejects with an object that says nothing to a person. */
import type { FormInstance } from 'antd'
import { Problem } from '#core/problem.ts'
import { partsText } from '../messages/parts.ts'

/** Throws `form.incomplete`; the fields themselves are marked by then. */
export async function validated<Values>(form: FormInstance<Values>): Promise<Values> {
  try {
    return await form.validateFields()
  } catch {
    throw new Problem({ code: 'form.incomplete', message: partsText.incomplete })
  }
}
