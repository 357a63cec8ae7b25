package gyre.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class MemoryTest {
    @Test
    void aBufferIsZeroedAlignedAndInNativeOrder() {
        ByteBuffer buffer = Memory.buffer(64);
        assertEquals(0, Memory.address(buffer) % 8);
        assertEquals(ByteOrder.nativeOrder(), buffer.order());
        for (int i = 0; i < 64; i++) {
            assertEquals(0, buffer.get(i));
        }
    }

    @Test
    void theAddressIsThatOfIndexZero() {
        ByteBuffer buffer = Memory.buffer(64);
        long address = Memory.address(buffer);
        assertEquals(address, Memory.address(buffer.position(8)));
        assertEquals(address + 8, Memory.address(buffer.slice()));
        assertEquals(address, Memory.address(buffer.asReadOnlyBuffer()));
        buffer.putInt(0, 42);
        assertEquals(42, Memory.getInt(address));
    }

    @Test
    void aHeapBufferHasNone() {
        assertThrows(IllegalArgumentException.class, () -> Memory.address(ByteBuffer.allocate(8)));
    }

    @Test
    void memoryIsTakenZeroedWrittenReadAndGivenBack() {
        long address = Memory.allocate(32);
        assertEquals(0, Memory.getLong(address + 24));
        Memory.putByte(address, (byte) -1);
        Memory.putShort(address + 2, (short) -2);
        Memory.putInt(address + 4, -3);
        Memory.putLong(address + 8, -4);
        Memory.copy(address, address + 16, 16);
        assertEquals(-1, Memory.getByte(address + 16));
        assertEquals(-2, Memory.getShort(address + 18));
        assertEquals(-3, Memory.getInt(address + 20));
        assertEquals(-4, Memory.getLong(address + 24));
        assertEquals(-4, Memory.view(address, 32).getLong(24));
        Memory.free(address);
    }

    @Test
    void nothingIsTooLittleAndLessIsRefused() {
        long address = Memory.allocate(0);
        assertTrue(address != 0);
        Memory.free(address);
        Memory.free(0);
        assertThrows(IllegalArgumentException.class, () -> Memory.allocate(-1));
        assertThrows(IllegalArgumentException.class, () -> Memory.copy(0, 0, -1));
    }
}
