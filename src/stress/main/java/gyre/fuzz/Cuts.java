package gyre.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.util.Arrays;
import java.util.List;

/** Bytes that arrive in pieces: whatever reads them has to find the same however they are cut. */
final class Cuts {
    private final int[] places;

    private Cuts(int[] places) {
        this.places = places;
    }

    /** Where the input says; what is left of it is the bytes. */
    static Cuts of(FuzzedDataProvider data) {
        return new Cuts(data.consumeInts(data.consumeInt(0, 8)));
    }

    interface Reading {
        /** What is found in the bytes, cut at these places, in order. */
        List<String> read(byte[] bytes, int... cuts) throws Exception;
    }

    /** Reads them at once, cut at the places, and the first so many one by one. */
    void check(byte[] bytes, int first, Reading reading) throws Exception {
        List<String> whole = reading.read(bytes);
        int[] cuts = Arrays.stream(places)
                .map(place -> Math.floorMod(place, bytes.length + 1))
                .sorted()
                .toArray();
        Check.equal(whole, reading.read(bytes, cuts), "cut at " + Arrays.toString(cuts));
        int[] each = new int[Math.min(bytes.length, first)];
        Arrays.setAll(each, i -> i);
        Check.equal(whole, reading.read(bytes, each), "byte by byte");
    }
}
