package gyre.reactor;

import org.jspecify.annotations.Nullable;

/**
 * Timers in hashed lists, after Varghese and Lauck's hierarchical wheel ("Hashed and Hierarchical Timing Wheels", 1987):
 * six levels of 64 slots, the first of 1,024 ns a slot, each further one 64 times as coarse. The nodes are the timers
 * themselves; adding and removing is O(1) and allocates nothing. Only what is added with a deadline that has passed, or that
 * is less than 65 µs away, walks past those of its tick that are later.
 *
 * <p>Never early: a node holds its exact deadline, and the lists of the first level are sorted by it, equal ones in the
 * order of adding. A timer moves down a level when the clock reaches its slot; one beyond the last level (20 hours)
 * waits in its last list for as many rounds as it takes. Times are nanoseconds on the clock of the caller, from 0.
 *
 * <p><b>Pauses.</b> One advance moves and fires {@link #STEPS} timers at most, so that a million that end together, or in
 * one slot, don't hold up the loop; {@link #next} then says that there is more to do. The list of a slot that the clock
 * has reached may so be there for a few turns: a timer in it that is due meanwhile is late, and behind others.
 */
final class TimerWheel {
    private static final int TICK_BITS = 10;
    private static final int SLOT_BITS = 6;
    private static final int SLOTS = 1 << SLOT_BITS;
    private static final int LEVELS = 6;
    private static final int COARSEST = SLOT_BITS * (LEVELS - 1);

    /** Some 0.4 ms if none of them is in the cache. */
    static final int STEPS = 2_048;

    private final @Nullable TimerNode[] first = new TimerNode[LEVELS * SLOTS];
    private final @Nullable TimerNode[] last = new TimerNode[LEVELS * SLOTS];

    /** A bit for each slot that is not empty, a word a level. */
    private final long[] occupied = new long[LEVELS];

    /** The tick up to which all slots have been visited. */
    private long elapsed;

    private long added;
    private int size;

    private final int steps;

    TimerWheel() {
        this(STEPS);
    }

    /** One whose advance moves and fires so many at most. */
    TimerWheel(int steps) {
        this.steps = steps;
    }

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
        if (toMove() < LEVELS) {
            return elapsed << TICK_BITS;
        }
        int level = nextLevel();
        if (level == LEVELS) {
            return Long.MAX_VALUE;
        }
        int slot = nextSlot(level);
        return level == 0 ? head(slot).deadline : start(level, slot) << TICK_BITS;
    }

    /** Fires what is due at {@code now}, in the order of deadlines, unless that takes more than one advance may. */
    void advance(long now) {
        long target = now >> TICK_BITS;
        int moves = steps;
        int fires = steps;
        for (; ; ) {
            moves = moveDown(moves);
            int level = nextLevel();
            int slot = level == LEVELS ? 0 : nextSlot(level);
            if (level == LEVELS || start(level, slot) > target) {
                break;
            }
            if (level > 0 && moves == 0) { // what has not moved would be left behind
                return;
            }
            elapsed = Math.max(elapsed, start(level, slot));
            if (level == 0) {
                fires = fireDue(slot, now, fires);
                if (fires == 0) {
                    return;
                }
                if (first[slot] != null) { // and is not due
                    break;
                }
            }
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

    /** Fires so many at most; how many more may be. */
    private int fireDue(int slot, long now, int most) {
        int left = most;
        for (TimerNode node; left > 0 && (node = first[slot]) != null && node.deadline <= now; left--) {
            remove(node);
            node.fire();
        }
        return left;
    }

    /** Moves so many at most down from the slots that the clock has reached; how many more may be. */
    private int moveDown(int most) {
        int left = most;
        for (int level; left > 0 && (level = toMove()) < LEVELS; ) {
            int slot = level * SLOTS + current(level);
            for (TimerNode node; left > 0 && (node = first[slot]) != null; left--) {
                unlink(node);
                insert(node);
            }
        }
        return left;
    }

    private TimerNode head(int slot) {
        TimerNode node = first[slot];
        if (node == null) {
            throw new AssertionError("slot " + slot + " is marked as occupied");
        }
        return node;
    }

    /** The slot of the level in which the clock is. */
    private int current(int level) {
        return (int) (elapsed >> (SLOT_BITS * level)) & (SLOTS - 1);
    }

    /** The first level with a list that the clock has reached and that has not moved down; or {@link #LEVELS}. */
    private int toMove() {
        int level = 1;
        while (level < LEVELS && (occupied[level] >>> current(level) & 1) == 0) {
            level++;
        }
        return level;
    }

    /** The first level that is not empty, or {@link #LEVELS}. */
    private int nextLevel() {
        int level = 0;
        while (level < LEVELS && occupied[level] == 0) {
            level++;
        }
        return level;
    }

    /** The occupied slot of the level that comes first. Only on the last level may it lie behind the current one: a round later. */
    private int nextSlot(int level) {
        int from = current(level);
        return (from + Long.numberOfTrailingZeros(Long.rotateRight(occupied[level], from))) & (SLOTS - 1);
    }

    /** The tick at which that slot begins. */
    private long start(int level, int slot) {
        int shift = SLOT_BITS * level;
        long current = elapsed >> shift;
        return (current + ((slot - current) & (SLOTS - 1))) << shift;
    }

    private void insert(TimerNode node) {
        long tick = Math.max(node.deadline >> TICK_BITS, elapsed);
        if ((tick >> COARSEST) - (elapsed >> COARSEST) >= SLOTS) {
            tick = elapsed + ((SLOTS - 1L) << COARSEST); // for a round
        }
        long differs = (tick ^ elapsed) | (SLOTS - 1);
        int level = Math.min((Long.SIZE - 1 - Long.numberOfLeadingZeros(differs)) / SLOT_BITS, LEVELS - 1);
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
