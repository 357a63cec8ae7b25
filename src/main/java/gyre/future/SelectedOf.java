package gyre.future;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Futures#selectAll} and {@link Futures#selectOk} give: the first value, and the futures that were slower.
 * Those are alive; whoever takes this record polls them or cancels them.
 *
 * @param value what the fastest future gave
 * @param index its place among the futures that were given
 * @param rest the others, in the order in which they were given
 * @param <T> the type of all
 */
public record SelectedOf<T extends @Nullable Object>(T value, int index, List<Future<T>> rest) {}
