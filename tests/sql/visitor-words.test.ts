import { expect, it } from 'vitest'
import { onEachDatabase } from './engines/with-databases'

/** Words as people type them, and as they stand on the board. */
const WORDS: readonly (readonly [typed: string, shown: string])[] = [
  ['楼道灯坏了，三天没人修', '楼道灯坏了，三天没人修'],
  ['请打 13800000001 找我', '请打 **** 找我'],
  ['电话138-0000-0001或者１３８ ００００ ０００１', '电话****或者****'],
  ['座机 0531－88886666', '座机 ****'],
  ['号码一三八零零零零零零零幺', '号码****'],
  ['身份证110101197001011234', '身份证****'],
  ['11010119700101123X 在此', '**** 在此'],
  ['1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣1️⃣', '****'],
  ['微信号：abc_12345 联系', '微信号**** 联系'],
  ['写信到 zhang@example.com 或看 https://evil.example/x?y', '写信到 **** 或看 ****'],
  ['京A·12345 堵门，鲁B6D88学也在', '京A***** 堵门，鲁B6D88学也在'],
  ['3号楼2单元501室漏水', '某号楼某单元某室漏水'],
  ['3-2-501 漏水', '某处 漏水'],
  ['十二号楼 501 漏水', '某号楼 漏水'],
  ['王先生和李建国师傅都说过', '王*先生和李*师傅都说过'],
  ['我叫张三，联系人：赵铁柱', '我叫张*，联系人：赵*'],
  ['张 三 家太吵', '张*家太吵'],
  ['某某小区 3-5 天没来，2026年11月22日报过，等了10分钟', '某某小区 3-5 天没来，2026年11月22日报过，等了10分钟'],
]

onEachDatabase('words for the board', ({ db }) => {
  it.each(WORDS)('%s', async (typed, shown) => {
    const [row] = await db().query<{ shown: string }>(`select private.mask_words($1, '{张三}') as shown`, [typed])
    expect(row!.shown).toBe(shown)
  })

  it('knows the names of those who live, serve and work there', async () => {
    const [row] = await db().query<{ names: string[] }>(
      `select private.names_in('张三10 和王五1、李四2 说的，张三600 不在这里', 4) as names`)
    expect(row!.names).toEqual(expect.arrayContaining(['张三10', '王五1', '李四2']))
    expect(row!.names).not.toContain('张三600')
  })
})
