/** What the fuzz tests share. Each fuzz test stands in the package that it is about. */
@org.jspecify.annotations.NullMarked
package io.vedette.fuzz;
