import type { Random } from '../random'

/**
 * Numbers that lead to nobody.
 *
 * Telephones begin with 154, a block of the national numbering plan that no operator holds, so no network connects them.
 * Identity numbers begin with 990101, a division code that does not exist (provinces end at 91), and carry a check
 * character that is wrong by design: any validator refuses them.
 */
export const PHONE_PREFIX = '154'
export const ID_DIVISION = '990101'

/** Hands out telephone numbers, each once. */
export class PhoneBook {
  private next: number

  constructor(random: Random) {
    this.next = random.integer(0, 99999999)
  }

  take(): string {
    // A step coprime to 10^8 visits every number before it comes round.
    this.next = (this.next + 61803399) % 100000000
    return PHONE_PREFIX + String(this.next).padStart(8, '0')
  }
}

const CHECK_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK_CHARACTERS = '10X98765432'

/** The check character that GB 11643 asks of the first 17 digits. */
export function idCheckCharacter(first17: string): string {
  const sum = CHECK_WEIGHTS.reduce((total, weight, k) => total + weight * Number(first17[k]), 0)
  return CHECK_CHARACTERS[sum % 11]
}

/** An identity number of the right form that is never valid. */
export function inventIdNumber(birthYear: number, sex: 'm' | 'f', random: Random): string {
  const birth = `${birthYear}${two(random.integer(1, 12))}${two(random.integer(1, 28))}`
  const serial = random.integer(0, 499) * 2 + (sex === 'm' ? 1 : 0)
  const first17 = ID_DIVISION + birth + String(serial).padStart(3, '0')
  const right = CHECK_CHARACTERS.indexOf(idCheckCharacter(first17))
  // A digit, so that the mask of the last four stays of one form; never the right one.
  const wrong = '0123456789'.replace(CHECK_CHARACTERS[right], '')
  return first17 + random.pick(wrong.split(''))
}

const two = (value: number): string => String(value).padStart(2, '0')

export const maskName = (name: string): string => `${[...name][0]}*`
export const maskPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`
export const maskIdNumber = (id: string): string => `${id.slice(0, 6)}********${id.slice(-4)}`

const SURNAMES = '李王张刘陈吴孙赵朱郭耿元亓吕许毕景谭魏苏焦柳杜段侯程薛贾邹孟秦石崔康毛邱江史顾高马徐韩曹田董潘袁蔡于梁'.split('')
const SURNAME_WEIGHTS = SURNAMES.map((_, k) => 12 / (k + 6))
const MALE = '建国军明强伟志勇刚平辉东海涛杰波斌鹏飞宁宇浩凯峰亮龙林德福贵生才旺树文武祥瑞庆新春立永传承恩泽子轩铭博'.split('')
const FEMALE = '秀英兰芳玲霞红梅丽娟敏静燕萍艳华云凤桂珍玉香莲爱淑琴雪慧颖婷倩欣怡佳雨涵诗琪梦瑶子萱'.split('')

/** A surname, or one of a village where two families hold most doors. */
export function inventSurname(random: Random, local: readonly string[] = []): string {
  return local.length > 0 && random.chance(0.5) ? random.pick(local) : SURNAMES[random.weighted(SURNAME_WEIGHTS)]
}

export function inventGivenName(sex: 'm' | 'f', random: Random): string {
  const pool = sex === 'm' ? MALE : FEMALE
  const first = random.pick(pool)
  return random.chance(0.18) ? first : first + random.pick(pool)
}
