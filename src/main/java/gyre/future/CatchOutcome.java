package gyre.future;

import org.jspecify.annotations.Nullable;

/** {@link Future#outcome}. */
final class CatchOutcome<T extends @Nullable Object> extends Step<Boolean, T, Outcome<T>> {
    CatchOutcome(Future<T> source) {
        super(source, true);
    }

    @Override
    @Nullable Object onValue(Boolean function, T value, Step<?, ?, ?> root) {
        return Outcome.success(value);
    }

    @Override
    @Nullable Object onError(Boolean function, Throwable error, Step<?, ?, ?> root) {
        if (error instanceof VirtualMachineError fatal && !(error instanceof StackOverflowError)) {
            throw fatal;
        }
        return Outcome.failure(error);
    }
}
