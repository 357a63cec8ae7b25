package gyre.future;

import org.jspecify.annotations.Nullable;

/**
 * What {@link Future#select} gives: the first value, and the future that was slower. That one is alive; whoever takes
 * this record polls it or cancels it.
 *
 * @param value what the faster future gave
 * @param rest the slower one
 * @param <T> the type of both
 */
public record Selected<T extends @Nullable Object>(T value, Future<T> rest) {}
