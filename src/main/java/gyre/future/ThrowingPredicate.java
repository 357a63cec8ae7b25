package gyre.future;

import org.jspecify.annotations.Nullable;

/**
 * A question about a value that may throw any exception.
 *
 * @param <T> what it takes
 */
@FunctionalInterface
public interface ThrowingPredicate<T extends @Nullable Object> {
    /**
     * Answers the question.
     *
     * @throws Exception whatever the predicate throws
     */
    boolean test(T value) throws Exception;
}
