package gyre.report;

import gyre.report.wake.Way;

/**
 * How long a thread that slept took to get what was handed to it, some hundred times.
 *
 * @param pass in each all ways were measured, one after the other
 * @param median ns
 * @param p99 ns
 */
public record WakeUp(Way way, int pass, long median, long p99) {}
