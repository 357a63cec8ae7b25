/** How long a sleeping thread takes to get what another one hands to it, in a process of its own. */
package gyre.report.wake;
