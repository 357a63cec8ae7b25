package gyre.future;

import org.jspecify.annotations.Nullable;

/** One future of a set: its task while it runs, then its answer. */
final class Child<T extends @Nullable Object> extends ReadyQueue.Node {
    /** Its place among its siblings, for those who care. */
    final int index;

    @Nullable Future<T> future;

    @Nullable Child<T> left;

    @Nullable Child<T> right;

    private @Nullable Poll<T> answer;
    private @Nullable Throwable error;

    Child(ReadyQueue queue, Future<T> future, int index) {
        super(queue);
        this.future = future;
        this.index = index;
    }

    /** Whether it has ended by itself. */
    boolean isDone() {
        return answer != null || error != null;
    }

    /** Whether it ended with an exception; an error is not for anybody to go on from. */
    boolean isFailed() {
        return error instanceof Exception;
    }

    /** Its value, or its error. */
    Poll<T> answer() throws Exception {
        if (error != null) {
            throw Cancel.rethrow(error);
        }
        if (answer == null) {
            throw new IllegalStateException("not done");
        }
        return answer;
    }

    /** Polls the future; true if it is done. */
    boolean run(Future<T> running) {
        arm();
        try {
            Poll<T> given = running.poll(this);
            if (given.isPending()) {
                return false;
            }
            answer = given;
        } catch (Throwable t) {
            error = t;
        }
        return true;
    }
}
