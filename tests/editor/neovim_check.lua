-- A headless Neovim opens a file, sees a finding, hovers, applies the quick fix, and sees the finding gone.
-- Started by test_neovim.py with BATUTA_PYTHON, BATUTA_FILE and BATUTA_PATIENCE (milliseconds) in the environment. Exit status 0 or 1.

local function out(...)
  io.stdout:write(table.concat(vim.tbl_map(tostring, { ... }), ' ') .. '\n')
end

local function check(condition, what)
  if not condition then error(what) end
  out('ok', what)
end

local passed, problem = pcall(function()
  vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.BATUTA_FILE))
  vim.bo.filetype = 'python'
  local buffer = vim.api.nvim_get_current_buf()
  local id = vim.lsp.start_client({
    name = 'batuta',
    cmd = { vim.env.BATUTA_PYTHON, '-P', '-m', 'batuta.lsp', '--stdio' },
    root_dir = vim.fn.fnamemodify(vim.env.BATUTA_FILE, ':h'),
    init_options = { enable = true },
    on_exit = function(code, signal)
      if code ~= 0 then out('server exit', code, signal) end
    end,
  })
  vim.lsp.buf_attach_client(buffer, id)
  check(vim.wait(tonumber(vim.env.BATUTA_PATIENCE or '60000'), function() return #vim.diagnostic.get(buffer) > 0 end, 50), 'a finding is shown')
  local found = vim.diagnostic.get(buffer)[1]
  local line = vim.api.nvim_buf_get_lines(buffer, found.lnum, found.lnum + 1, false)[1]
  -- vim.diagnostic keeps byte columns.
  check(line:sub(found.col + 1, found.end_col) == 'eval("1 + 1")', 'it stands on the call behind the wide characters')
  check(found.severity == vim.diagnostic.severity.HINT and found.source == 'batuta', 'it is a hint of ours')

  local client = vim.lsp.get_client_by_id(id)
  local document = vim.lsp.util.make_text_document_params(buffer)
  -- The second value of `str_utfindex` counts UTF-16 code units, which is what the protocol wants.
  local first, last = select(2, vim.str_utfindex(line, found.col)), select(2, vim.str_utfindex(line, found.end_col))
  local range = { start = { line = found.lnum, character = first }, ['end'] = { line = found.lnum, character = last } }

  local preview = client.request_sync('batuta/preview', { uri = document.uri }, 30000, buffer)
  check(preview.result.rust == '' and #preview.result.findings == 1, 'the preview says why there is no Rust')

  local hover = client.request_sync('textDocument/hover', {
    textDocument = document, position = { line = 2, character = 13 },
  }, 30000, buffer)
  check(hover.err == nil, 'hover answers')

  local diagnostic = {
    range = range, message = found.message, severity = found.severity, source = found.source,
    code = found.code or vim.tbl_get(found, 'user_data', 'lsp', 'code'),
  }
  local actions = client.request_sync('textDocument/codeAction', {
    textDocument = document, range = range, context = { diagnostics = { diagnostic }, only = { 'quickfix' } },
  }, 30000, buffer)
  local action = actions.result[1]
  if not action.edit then
    action = client.request_sync('codeAction/resolve', action, 30000, buffer).result
  end
  vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
  local fixed = vim.api.nvim_buf_get_lines(buffer, found.lnum, found.lnum + 1, false)[1]
  check(fixed == line .. '  # batuta: ignore[BAT107]', 'the quick fix is applied')
  check(vim.wait(30000, function() return #vim.diagnostic.get(buffer) == 0 end, 50), 'the finding is gone')
  vim.cmd('write')
  client.stop()
  check(vim.wait(10000, function() return client.is_stopped() end, 50), 'the server has stopped')
end)
if not passed then
  out('FAIL', problem)
  vim.cmd('cquit 1')
end
vim.cmd('qall!')
