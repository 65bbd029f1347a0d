/** What runs until it is told to end: everything in one process, or a part by itself. */
@NullMarked
package io.vedette.cli.up;

import org.jspecify.annotations.NullMarked;
