"""Tests of what stands behind Explorer's 发送到 and the Start menu."""
