"""What Explorer's 发送到 and the Start menu start: one command, its words in a window.  No logic of its own."""
