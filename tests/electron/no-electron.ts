/**
 * Stands for the package `electron` in unit tests. Only the shell's entry may import it at run time; everything else
 * in electron/ takes a narrow interface, so reaching this file is a mistake in the code under test.
 */
throw new Error(
  'electron was imported in a unit test: only the shell entry may import it; take what you need as a parameter',
)
