import { startProduct } from '../e2e/harness'

/** Builds the pages and the demo database once, before the first test's clock runs; the tests copy them. */
export default async function prepareDemo(): Promise<void> {
  const product = await startProduct()
  await product.stop()
}
