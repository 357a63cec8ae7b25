package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Futures#ready} and {@link Futures#failed}: an answer that was there before the question. */
final class Ready<T extends @Nullable Object> implements Future<T> {
    private @Nullable Poll<T> answer;
    private @Nullable Exception error;

    Ready(@Nullable Poll<T> answer, @Nullable Exception error) {
        this.answer = answer;
        this.error = error;
    }

    @Override
    public Poll<T> poll(Task task) throws Exception {
        Poll<T> given = answer;
        Exception thrown = error;
        answer = null;
        error = null;
        if (thrown != null) {
            throw thrown;
        }
        if (given == null) {
            throw new IllegalStateException("polled after it was done");
        }
        return given;
    }

    @Override
    public void cancel() {
        answer = null;
        error = null;
    }
}
