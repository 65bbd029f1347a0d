@NullMarked
package io.vedette.jobs.serial;

import org.jspecify.annotations.NullMarked;
