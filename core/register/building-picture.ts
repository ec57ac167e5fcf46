/** The picture of a building (楼盘表): per entrance, floors from the top down, rooms in the columns their numbers share. */
export type PictureRoom = { readonly entrance: string; readonly floor: number | null; readonly room: string }

export type PictureFloor<Room> = {
  /** Null: the register does not say on which floor these are. */
  readonly floor: number | null
  /** As long as `columns`; rooms of one column on one floor share a cell. */
  readonly cells: readonly (readonly Room[])[]
}

export type PictureEntrance<Room> = {
  readonly entrance: string
  readonly columns: readonly string[]
  readonly floors: readonly PictureFloor<Room>[]
}

/** `1203` → `03`, `A302` → `02`; a name such as `门面` is its own column. */
function columnOfRoom(room: string): string {
  return /\d(\d{2})$/.exec(room)?.[1] ?? room
}

function byNumber(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)
}

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}

export function pictureOf<Room extends PictureRoom>(rooms: readonly Room[]): readonly PictureEntrance<Room>[] {
  const entrances = [...grouped(rooms, ({ entrance }) => entrance)].toSorted(([a], [b]) => byNumber(a, b))
  return entrances.map(([entrance, own]) => {
    const columns = [...new Set(own.map(({ room }) => columnOfRoom(room)))].toSorted(byNumber)
    const floors = [...grouped(own, ({ floor }) => floor)]
      .toSorted(([a], [b]) => (b ?? -Infinity) - (a ?? -Infinity))
      .map(([floor, there]) => {
        const cells = columns.map((column) =>
          there.filter(({ room }) => columnOfRoom(room) === column).toSorted((a, b) => byNumber(a.room, b.room)))
        return { floor, cells }
      })
    return { entrance, columns, floors }
  })
}
