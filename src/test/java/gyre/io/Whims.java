package gyre.io;

import gyre.future.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a transport may do to its users, as a seed decides: refuse for a while, move only some bytes. Seed 0 does neither. */
public final class Whims {
    private final boolean calm;
    private final Random random;
    private final List<Task> delayed = new ArrayList<>();

    public Whims(long seed) {
        calm = seed == 0;
        random = new Random(seed);
    }

    /** Whether an operation is refused this time; its task is woken at once, or when nothing else is left to do. */
    boolean refuses(Task task) {
        if (calm || random.nextInt(3) > 0) {
            return false;
        }
        if (random.nextBoolean()) {
            task.wake();
        } else {
            delayed.add(task);
        }
        return true;
    }

    /** How many of so many bytes, at least 1, are moved. */
    int some(int most) {
        return calm ? most : 1 + random.nextInt(most);
    }

    /** Wakes who was delayed; whether there was anyone. */
    boolean relent() {
        List<Task> tasks = List.copyOf(delayed);
        delayed.clear();
        tasks.forEach(Task::wake);
        return !tasks.isEmpty();
    }
}
