/** Says what works on this machine, and how to mend what does not. */
@NullMarked
package io.vedette.cli.doctor;

import org.jspecify.annotations.NullMarked;
