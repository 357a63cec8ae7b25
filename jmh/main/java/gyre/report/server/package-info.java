/** The echo servers of the report. Each runs in a process of its own, on one thread. */
package gyre.report.server;
