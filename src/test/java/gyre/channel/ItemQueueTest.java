package gyre.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;

class ItemQueueTest {
    private final ItemQueue<String> queue = new ItemQueue<>();

    @Test
    void whatWentInFirstComesOutFirst() {
        assertNull(queue.take());
        queue.add("a");
        queue.add("b");
        assertEquals("a", queue.take());
        queue.add("c");
        assertEquals("b", queue.take());
        assertEquals("c", queue.take());
        assertNull(queue.take());
    }

    /** Where the collector has moved a node among the old ones, it would keep all that come after it until that is cleaned. */
    @Test
    void aNodeThatWasTakenLeadsNowhere() throws Exception {
        Object before = field(queue, "oldest");
        queue.add("a");
        assertNotNull(field(before, "next"));
        queue.take();
        assertNull(field(before, "next"));
        assertNull(field(field(queue, "oldest"), "item"));
    }

    private static Object field(Object of, String name) throws ReflectiveOperationException {
        Field field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }
}
