/** Programs that show the engine, and the few classes that they share. */
package gyre.examples;
