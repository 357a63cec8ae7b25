package gyre.reactor;

import org.jspecify.annotations.Nullable;

/**
 * Timers in hashed lists, after Varghese and Lauck's hierarchical wheel ("Hashed and Hierarchical Timing Wheels", 1987):
 * six levels of 64 slots, the first of 1,024 ns a slot, each further one 64 times as coarse. The nodes are the timers
 * themselves; adding and removing is O(1) and allocates nothing.
 *
 * <p>Never early: a node holds its exact deadline, and the lists of the first level are sorted by it, equal ones in the
 * order of adding. A timer moves down a level when the clock reaches its slot; one beyond the last level (20 hours)
 * waits in its last list for as many rounds as it takes. Times are nanoseconds on the clock of the caller, from 0.
 */
final class TimerWheel {
    private static final int TICK_BITS = 10;
    private static final int SLOT_BITS = 6;
    private static final int SLOTS = 1 << SLOT_BITS;
    private static final int LEVELS = 6;
    private static final long SPAN = 1L << (SLOT_BITS * LEVELS);

    private final @Nullable TimerNode[] first = new TimerNode[LEVELS * SLOTS];
    private final @Nullable TimerNode[] last = new TimerNode[LEVELS * SLOTS];

    /** A bit for each slot that is not empty, a word a level. */
    private final long[] occupied = new long[LEVELS];

    /** The tick up to which all slots have been visited. */
    private long elapsed;

    private long added;
    private int size;

    /** How many timers wait. */
    int size() {
        return size;
    }

    /** Puts a timer in that is in no list; its {@link TimerNode#deadline} may have passed. */
    void add(TimerNode node) {
        node.order = added++;
        size++;
        insert(node);
    }

    /** Takes a timer out; nothing happens if it is not in. */
    void remove(TimerNode node) {
        if (node.slot >= 0) {
            size--;
            unlink(node);
        }
    }

    /**
     * When {@link #advance} has something to do: the earliest deadline if it is near, else a time before it at which
     * timers move down. {@link Long#MAX_VALUE} if there are none.
     */
    long next() {
        for (int level = 0; level < LEVELS; level++) {
            if (occupied[level] != 0) {
                int slot = nextSlot(level);
                return level == 0 ? head(slot).deadline : start(level, slot) << TICK_BITS;
            }
        }
        return Long.MAX_VALUE;
    }

    /** Fires what is due at {@code now}, in the order of deadlines. */
    void advance(long now) {
        long target = now >> TICK_BITS;
        for (int level = 0; level < LEVELS; ) {
            if (occupied[level] == 0) {
                level++;
                continue;
            }
            int slot = nextSlot(level);
            long start = start(level, slot);
            if (start > target) {
                break;
            }
            elapsed = Math.max(elapsed, start);
            if (level > 0) {
                moveDown(level * SLOTS + slot);
            } else if (!fireDue(slot, now)) {
                break;
            }
            level = 0;
        }
        elapsed = Math.max(elapsed, target);
    }

    /** Takes any timer out, or null if there is none. */
    @Nullable TimerNode poll() {
        for (int level = 0; level < LEVELS; level++) {
            if (occupied[level] != 0) {
                TimerNode node = head(level * SLOTS + Long.numberOfTrailingZeros(occupied[level]));
                remove(node);
                return node;
            }
        }
        return null;
    }

    private boolean fireDue(int slot, long now) {
        for (TimerNode node; (node = first[slot]) != null; ) {
            if (node.deadline > now) {
                return false;
            }
            remove(node);
            node.fire();
        }
        return true;
    }

    private void moveDown(int slot) {
        TimerNode node = first[slot];
        first[slot] = null;
        last[slot] = null;
        occupied[slot >> SLOT_BITS] &= ~(1L << slot);
        while (node != null) {
            TimerNode next = node.next;
            node.previous = null;
            node.next = null;
            insert(node);
            node = next;
        }
    }

    private TimerNode head(int slot) {
        TimerNode node = first[slot];
        if (node == null) {
            throw new AssertionError("slot " + slot + " is marked as occupied");
        }
        return node;
    }

    /** The occupied slot of the level that comes first. Only on the last level may it lie behind the current one: a round later. */
    private int nextSlot(int level) {
        int current = (int) (elapsed >> (SLOT_BITS * level)) & (SLOTS - 1);
        int from = level == 0 ? current : current + 1;
        return (from + Long.numberOfTrailingZeros(Long.rotateRight(occupied[level], from))) & (SLOTS - 1);
    }

    /** The tick at which that slot begins. */
    private long start(int level, int slot) {
        int shift = SLOT_BITS * level;
        long current = elapsed >> shift;
        long ahead = (slot - current) & (SLOTS - 1);
        return (current + (ahead == 0 && level > 0 ? SLOTS : ahead)) << shift;
    }

    private void insert(TimerNode node) {
        long tick = Math.max(node.deadline >> TICK_BITS, elapsed);
        long differs = Math.min((tick ^ elapsed) | (SLOTS - 1), SPAN - 1);
        int level = (Long.SIZE - 1 - Long.numberOfLeadingZeros(differs)) / SLOT_BITS;
        int slot = level * SLOTS + ((int) (tick >> (SLOT_BITS * level)) & (SLOTS - 1));
        TimerNode before = last[slot];
        if (level == 0) {
            while (before != null && after(before, node)) {
                before = before.previous;
            }
        }
        link(node, slot, before);
        occupied[level] |= 1L << slot;
    }

    private static boolean after(TimerNode a, TimerNode b) {
        return a.deadline > b.deadline || (a.deadline == b.deadline && a.order > b.order);
    }

    private void link(TimerNode node, int slot, @Nullable TimerNode before) {
        TimerNode after = before == null ? first[slot] : before.next;
        node.slot = slot;
        node.previous = before;
        node.next = after;
        if (before == null) {
            first[slot] = node;
        } else {
            before.next = node;
        }
        if (after == null) {
            last[slot] = node;
        } else {
            after.previous = node;
        }
    }

    private void unlink(TimerNode node) {
        int slot = node.slot;
        if (node.previous == null) {
            first[slot] = node.next;
        } else {
            node.previous.next = node.next;
        }
        if (node.next == null) {
            last[slot] = node.previous;
        } else {
            node.next.previous = node.previous;
        }
        if (first[slot] == null) {
            occupied[slot >> SLOT_BITS] &= ~(1L << slot);
        }
        node.slot = -1;
        node.previous = null;
        node.next = null;
    }
}
