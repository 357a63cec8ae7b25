package gyre.reactor;

import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Task;

/** Gives the same answer each time, and counts its calls. Of one thread at a time. */
final class CountingFuture<T> implements Future<T> {
    private final Poll<T> answer;
    int polls;
    int cancels;

    CountingFuture(Poll<T> answer) {
        this.answer = answer;
    }

    @Override
    public Poll<T> poll(Task task) {
        polls++;
        return answer;
    }

    @Override
    public void cancel() {
        cancels++;
    }
}
